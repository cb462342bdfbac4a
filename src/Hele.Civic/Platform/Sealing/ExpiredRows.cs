using System.Linq.Expressions;
using System.Reflection;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Sealing;

/// <summary>A table with personal columns that a rule ends, as the registry says.</summary>
/// <param name="Expiries">Rule and property each: a row is due when the last of them is over.</param>
internal sealed record ExpiringTable(SubjectRows About, IEntityType Type, IReadOnlyList<Expiry> Expiries)
{
    public string Name => Type.GetTableName()!;

    /// <summary>Rows nobody empties by themselves: the module knows no emptied form, or says so: a person has to appraise them.</summary>
    public bool IsForAppraisal => About.IsAppraised || About.Erase is null && About.End is null;
}

/// <summary>Which rows have been kept long enough: read from the registry of personal data and nowhere else.</summary>
internal static class ExpiredRows
{
    private static readonly MethodInfo Typed = typeof(ExpiredRows).GetMethod(nameof(Query), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The tables about people whose rows a rule ends. The one that ends whole persons comes last: what is theirs may go before them.</summary>
    public static IReadOnlyList<ExpiringTable> Tables(IModel model, ModuleList modules) =>
        [.. modules.AboutPeople.GroupBy(a => a.Entity).Select(g => g.First()).Select(about =>
        {
            var type = model.FindEntityType(about.Entity) ?? throw new InvalidOperationException($"{about.Entity} is not in the model.");
            var uses = Personal(type).Select(p => PersonalDataMapping.Of(p)!.Handling!.Until).Distinct().ToList();
            return new ExpiringTable(about, type, uses.All(u => u?.Rule is not null) ? [.. uses.OfType<Expiry>()] : []);
        }).Where(t => t.Expiries.Count > 0).OrderBy(t => t.About.End is not null)];

    /// <summary>The columns that say something about somebody.</summary>
    public static IEnumerable<IProperty> Personal(IEntityType type) => type.GetProperties().Where(p => PersonalDataMapping.Of(p)?.IsAboutSomebody == true);

    /// <summary>Rows whose time began before these days, one for each of the table's expiries, and in which something still stands.</summary>
    public static IQueryable<Owned> Of(HeleDb db, ExpiringTable table, IReadOnlyList<DateOnly> before) => (IQueryable<Owned>)Typed.MakeGenericMethod(table.Type.ClrType).Invoke(null, [db, table, before])!;

    /// <summary>The first day on which a rule is over for what began on a day; it is kept through the day before.</summary>
    public static DateOnly Over(Rule rule, DateOnly began) => (rule.Unit switch
    {
        RuleUnit.Year => began.AddYears(rule.Amount),
        RuleUnit.Month => began.AddMonths(rule.Amount),
        RuleUnit.Day => began.AddDays(rule.Amount),
        _ => throw new InvalidOperationException($"{rule.Id}: how long something is kept is told in days, months or years."),
    }).AddDays(1);

    /// <summary>What began before this day is over on a day.</summary>
    public static DateOnly BeganBefore(Rule rule, DateOnly today) => rule.Unit switch
    {
        RuleUnit.Year => today.AddYears(-rule.Amount),
        RuleUnit.Month => today.AddMonths(-rule.Amount),
        RuleUnit.Day => today.AddDays(-rule.Amount),
        _ => throw new InvalidOperationException($"{rule.Id}: how long something is kept is told in days, months or years."),
    };

    private static IQueryable<T> Query<T>(HeleDb db, ExpiringTable table, IReadOnlyList<DateOnly> before) where T : Owned
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression? holds = null;
        foreach (var property in Personal(table.Type))
        {
            var value = Value(row, property);
            Expression there = property.ClrType == typeof(string)
                ? Expression.AndAlso(Expression.NotEqual(value, Expression.Constant(null, typeof(string))), Expression.NotEqual(value, Expression.Constant("")))
                : Expression.NotEqual(value, Expression.Constant(null, property.ClrType));
            holds = holds is null ? there : Expression.OrElse(holds, there);
        }
        var condition = holds!;
        for (var i = 0; i < before.Count; i++)
        {
            var property = table.Type.FindProperty(table.Expiries[i].From!) ?? throw new InvalidOperationException($"{table.Name}: the registry counts from {table.Expiries[i].From}, which is no column.");
            // In an object of its own, so that the day is a parameter of the command and not part of its text.
            var day = new Limit { Day = before[i], Instant = China.At(before[i]) };
            var value = Value(row, property);
            var limit = Expression.Property(Expression.Constant(day), value.Type == typeof(DateOnly) || value.Type == typeof(DateOnly?) ? nameof(Limit.Day) : nameof(Limit.Instant));
            condition = Expression.AndAlso(condition, Expression.LessThan(value, limit.Type == value.Type ? limit : Expression.Convert(limit, value.Type)));
        }
        return db.Set<T>().Where(Expression.Lambda<Func<T, bool>>(condition, row)).OrderBy(r => r.Id);
    }

    private static MethodCallExpression Value(ParameterExpression row, IProperty property) =>
        Expression.Call(typeof(EF), nameof(EF.Property), [property.ClrType], row, Expression.Constant(property.Name));

    private sealed class Limit
    {
        public required DateOnly Day { get; init; }
        public required DateTimeOffset Instant { get; init; }
    }
}
