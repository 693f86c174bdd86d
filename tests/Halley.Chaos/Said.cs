using Halley.Registry;

namespace Halley.Chaos;

/// <summary>What victims that decide said, and the proof that all of it was kept.</summary>
sealed class Said
{
    readonly HashSet<Guid> known = [];

    /// <summary>Keys that were sent.</summary>
    internal HashSet<string> Tried { get; } = [];

    /// <summary>Acknowledged decisions by key.</summary>
    internal Dictionary<string, Guid> Decided { get; } = [];

    /// <summary>Decisions of acknowledged shadows' answers.</summary>
    internal Dictionary<Guid, Guid> Shadows { get; } = [];

    /// <summary>Decisions of acknowledged outcomes.</summary>
    internal Dictionary<string, Guid> Outcomes { get; } = [];

    internal void Add(IEnumerable<string[]> lines)
    {
        foreach (var line in lines)
        {
            if (line is ["try", var tried])
                Tried.Add(tried);
            else if (line is ["decided", var key, var decision])
                Decided.Add(key, Guid.Parse(decision));
            else if (line is ["shadowed", var shadow, var shadowed])
                Shadows.Add(Guid.Parse(shadow), Guid.Parse(shadowed));
            else if (line is ["outcome", var outcome, var of])
                Outcomes.Add(outcome, Guid.Parse(of));
        }
    }

    /// <summary>Finds every acknowledged record that was not looked for before, and verifies all chains.</summary>
    internal async Task AssertKeptAsync(LocalStore store)
    {
        foreach (var (key, id) in Decided)
        {
            if (!known.Add(id))
                continue;
            var found = await store.LogReader.FindAsync(id);
            Assert.True(found is not null, $"the acknowledged decision {id} is lost");
            Assert.Equal((key, $"unit of {key}"), (found.Decision.RequestKey, found.Decision.UnitId));
            Assert.Equal(
                Shadows
                    .Where(shadow => shadow.Value == id)
                    .Select(shadow => shadow.Key)
                    .Except(found.Shadows.Select(shadow => shadow.Id)),
                []
            );
            Assert.Equal(
                Outcomes
                    .Where(outcome => outcome.Value == id)
                    .Select(outcome => outcome.Key)
                    .Except(found.Outcomes.Select(outcome => outcome.Outcome.Id)),
                []
            );
        }
        var check = await store.VerifyLogAsync();
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
    }
}
