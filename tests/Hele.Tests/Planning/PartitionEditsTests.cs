using System.Text.Json;
using CsCheck;
using Hele.Planning.Partition;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>A person drags one building after the other.</summary>
public class PartitionEditsTests
{
    static string Words(GridPlan plan) => JsonSerializer.Serialize(plan);

    [Fact]
    public void AnyMovesOneAfterTheOther_AreWhatJudgingAnewSays_AndTakenBackTheyLeaveThePlanAsItWas() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[8, 60], Gen.Int[2, 7], Gen.Int[1, 3]).Sample((seed, lots, k, islands) =>
    {
        var graph = Community.Any(seed, lots, k, islands);
        var random = new Random(seed);
        var wish = new PartitionWish
        {
            Grids = k, KeepToday = true, Members = new(1, 0.2), Care = new(0.5, 0.3), Apart = [(0, 1)], Locked = [random.Next(lots)], MostMovedHouseholds = 50, LeastHouseholds = 20, MostHouseholds = 200,
        };
        var first = Partitioner.Judge(graph, wish, [.. graph.Lots.Select(l => l.Today)]);
        var (plan, cut, moved) = (first, first.Cut, first.MovedHouseholds);
        var done = new List<(int Lot, int From)>();
        void Move(int lot, int to)
        {
            var effect = Partitioner.TryMove(graph, wish, plan, lot, to);
            Assert.Same(plan, effect.Before);
            (plan, cut, moved) = (effect.After, cut + effect.Cut, moved + effect.MovedHouseholds);
            var anew = Partitioner.Judge(graph, wish, plan.Assignment);
            Assert.Equal(Words(anew), Words(plan));
            Assert.Equal((anew.Cut, anew.MovedHouseholds), (cut, moved));
            Assert.Equal(Community.Cut(graph, plan.Assignment), cut);
        }
        for (var edit = 0; edit < 15; edit++)
        {
            var lot = random.Next(lots);
            done.Add((lot, plan.Assignment[lot]));
            Move(lot, random.Next(-1, k));
        }
        foreach (var (lot, from) in done.AsEnumerable().Reverse())
            Move(lot, from);
        Assert.Equal(Words(first), Words(plan));
    }, iter: 60);
}
