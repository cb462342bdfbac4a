using Hele.Civic.Kernel;
using Hele.Civic.Platform.Imports;

namespace Hele.Civic.People;

/// <summary>人员名册: a row a person, without saying behind which door they live.</summary>
public sealed class PeopleLedger() : LedgerKind("people", ("人员名册", "List of people"),
    ("每行一个人，登记到人员登记里。要写明住在哪一户的，请用“住户台账”。", "A person a row, into the register of people. Where it says who lives behind which door, take the household ledger."), PeopleAccess.Register)
{
    private static readonly LedgerColumn Address = new("address", ("住址", "Address"), ("地址 家庭住址 居住地址 现住址 家庭地址 常住地址 详细地址", "home-address"));

    public override IReadOnlyList<LedgerColumn> Columns { get; } = [PersonColumns.Name, PersonColumns.Phone, Address, PersonColumns.Identity, PersonColumns.Born, PersonColumns.Sex];

    public override async Task<LedgerPlan> Plan(LedgerContext on, IReadOnlyList<LedgerRow> rows)
    {
        var people = await KnownPeople.Load(on);
        var read = rows.Select(row => (Row: row, Said: PersonColumns.Read(row, on.Today, row.Text(Address, Person.AddressLength), null))).ToList();
        foreach (var (_, said) in read)
            people.Claim(said);
        return new([.. read.Select(r =>
        {
            var (row, said) = r;
            if (row.IsWrong)
                return row.As(Verdict.Wrong, said.Name);
            var meant = people.Find(row, said);
            if (meant.Ask.Count > 0)
                return row.As(Verdict.Question, said.Name, candidates: meant.Ask);
            if (meant.Known is not { } known)
                return row.As(Verdict.New, said.Name, async scope => await people.Enter(scope, said));
            return people.Adds(known, said) ? row.As(Verdict.Changed, said.Name, scope => people.Correct(scope, known, said)) : row.As(Verdict.Same, said.Name);
        })]);
    }
}
