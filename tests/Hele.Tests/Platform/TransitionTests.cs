using Hele.Civic;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>The table that every life cycle is made of, and what holds of all of them.</summary>
public class TransitionTests
{
    private enum Lamp { Dark, Lit, Broken, Gone }

    private static readonly Permission Light = new("lamp.light", ("点灯", "Light it"), [Role.Clerk]), Mend = new("lamp.mend", ("修灯", "Mend it"), [Role.GridWorker]);

    private static readonly Dictionary<Lamp, Bilingual> Titles = new() { [Lamp.Dark] = ("暗", "Dark"), [Lamp.Lit] = ("亮", "Lit"), [Lamp.Broken] = ("坏", "Broken"), [Lamp.Gone] = ("撤", "Gone") };

    private static readonly Transitions<Lamp> Cycle = new("lamp", ("路灯", "Lamp"), Titles,
        [
            (null, "hang", Lamp.Dark, Mend, ("杆号", "its pole"), null),
            (Lamp.Dark, "light", Lamp.Lit, Light, ("天黑", "darkness"), "lamp.burns"),
            (Lamp.Lit, "break", Lamp.Broken, Light, ("说明", "a word"), null),
            (Lamp.Broken, "light", Lamp.Lit, Mend, ("新灯泡", "a new bulb"), null),
            (Lamp.Broken, "remove", Lamp.Gone, Mend, ("理由", "a reason"), null),
        ]);

    /// <summary>Every state and none, with every act and one that nobody knows: what the table has, with all that it says; else nothing.</summary>
    [Fact]
    public void Find_IsExactlyTheTable()
    {
        foreach (var state in Enum.GetValues<Lamp>().Cast<Lamp?>().Prepend(null))
        {
            foreach (var act in (string[])["hang", "light", "break", "remove", "steal"])
            {
                var expected = (state, act) switch
                {
                    (null, "hang") => new Transition(null, "hang", "Dark", Mend, ("杆号", "its pole")),
                    (Lamp.Dark, "light") => new("Dark", "light", "Lit", Light, ("天黑", "darkness"), "lamp.burns"),
                    (Lamp.Lit, "break") => new("Lit", "break", "Broken", Light, ("说明", "a word")),
                    (Lamp.Broken, "light") => new("Broken", "light", "Lit", Mend, ("新灯泡", "a new bulb")),
                    (Lamp.Broken, "remove") => new("Broken", "remove", "Gone", Mend, ("理由", "a reason")),
                    _ => null,
                };
                Assert.Equal(expected, Cycle.Find(state, act));
            }
        }
    }

    [Fact]
    public void From_IsWhatCanBeDoneInAState()
    {
        Assert.Equal(["light"], Cycle.From(Lamp.Dark).Select(l => l.Act));
        Assert.Equal(["light", "remove"], Cycle.From(Lamp.Broken).Select(l => l.Act));
        Assert.Empty(Cycle.From(Lamp.Gone));
    }

    /// <summary>What the buttons, the diagram and the tests of a record go through: each act once, each state by name with its title.</summary>
    [Fact]
    public void TheTable_SaysItsActsAndStatesOnce()
    {
        Assert.Equal(("lamp", new Bilingual("路灯", "Lamp")), (Cycle.Name, Cycle.Title));
        Assert.Equal(["hang", "light", "break", "remove"], Cycle.Acts);
        Assert.Equal(["Dark", "Lit", "Broken", "Gone"], Cycle.States);
        Assert.Equal(Enum.GetValues<Lamp>().Select(s => Titles[s]), Cycle.States.Select(Cycle.StateTitle));
        Assert.Equal(("坏", "Broken"), (Cycle.StateTitle(Lamp.Broken).Zh, Cycle.StateTitle(Lamp.Broken).En));
    }

    [Fact]
    public void Diagram_DrawsEveryLine_AndAnEndWhereNothingLeadsOn() => Assert.Equal("""
        stateDiagram-v2
          state "Dark" as Dark
          state "Lit" as Lit
          state "Broken" as Broken
          state "Gone" as Gone
          [*] --> Dark: hang
          Dark --> Lit: light
          Lit --> Broken: break
          Broken --> Lit: light
          Broken --> Gone: remove
          Gone --> [*]

        """, Cycle.Diagram());

    /// <summary>One answer per state and act, no state that nothing leads to, a name for each, and only permissions that the modules know.</summary>
    [Fact]
    public void EveryModulesLifeCycle_HoldsTogether()
    {
        var cycles = Modules.All.All.SelectMany(m => m.LifeCycles).ToList();
        Assert.True(cycles.Count > 10, $"only {cycles.Count} life cycles");
        Assert.Equal(cycles.Count, cycles.Select(c => c.Name).Distinct().Count());
        var known = Modules.All.Permissions.ToHashSet();
        foreach (var cycle in cycles)
        {
            Assert.All(cycle.Lines.GroupBy(l => (l.From, l.Act)), g => Assert.True(g.Count() == 1, $"{cycle.Name}: {g.Key.Act} from {g.Key.From} has two answers"));
            Assert.All(cycle.Lines, l => Assert.True(known.Contains(l.Permission), $"{cycle.Name}: {l.Permission} is in no module's list"));
            var reached = new HashSet<string>(cycle.Lines.Where(l => l.From is null).Select(l => l.To));
            while (cycle.Lines.Where(l => l.From is not null && reached.Contains(l.From)).Any(l => reached.Add(l.To)))
            {
            }
            Assert.Equal(cycle.States.Order(), reached.Order());
            Assert.All(cycle.States, s => Assert.True(cycle.StateTitle(s).Zh.Length > 0 && cycle.StateTitle(s).En.Length > 0));
        }
    }
}
