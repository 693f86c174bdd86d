using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>One row of a block after a plan has run: what the answer is read from, live and in batch alike.</summary>
readonly ref struct PlanRow(DecisionPlan plan, SlotBlock block, int row)
{
    /// <summary>Most payments of an output.</summary>
    internal const int MaximumInstalments = 366;

    public double At(SlotRef slot) => block[slot.Index][row];

    public int Action => (int)At(plan.Action);

    /// <summary>Whether an output is part of the answer with the row's action.</summary>
    public bool Has(CompiledOutput output) => (output.LeftOutWith >> Action & 1) == 0;

    /// <summary>Number of payments; 0 where the output has none, −1 where the number is not allowed.</summary>
    public int InstalmentsOf(CompiledOutput output)
    {
        if (output.Instalments is not { } slot)
            return 0;
        var count = At(slot);
        return count >= 1 && count <= MaximumInstalments && count == Math.Floor(count) ? (int)count : -1;
    }

    /// <summary>Whether every model and every needed value is there.</summary>
    public bool IsWhole()
    {
        foreach (var model in plan.Models)
        {
            if (!double.IsFinite(At(model.Raw)) || !double.IsFinite(At(model.Prediction)))
                return false;
        }
        foreach (var needed in plan.Required)
        {
            if (double.IsNaN(At(needed.Slot)))
                return false;
        }
        foreach (var output in plan.Outputs)
        {
            if (Has(output) && WhyFailed(output) is not null)
                return false;
        }
        return true;
    }

    /// <summary>What failed, in the order of computation; empty where the row is whole.</summary>
    public List<DecisionFailure> Failures()
    {
        var failures = new List<DecisionFailure>();
        foreach (var model in plan.Models)
        {
            if (!double.IsFinite(At(model.Raw)) || !double.IsFinite(At(model.Prediction)))
                failures.Add(new(model.Part, "it gave no number"));
        }
        foreach (var needed in plan.Required)
        {
            if (double.IsNaN(At(needed.Slot)))
                failures.Add(new(needed.Part, "its value is missing"));
        }
        foreach (var output in plan.Outputs)
        {
            if (Has(output) && WhyFailed(output) is { } why)
                failures.Add(new($"output '{output.Definition.Name}'", why));
        }
        return failures;
    }

    string? WhyFailed(CompiledOutput output)
    {
        var value = At(output.Value);
        if (double.IsNaN(value))
            return output.Definition.Optional ? null : "its value is missing";
        if (output.Definition.Money is not null && !MoneyRule.CanRound(value))
            return "the amount is too large for money";
        return InstalmentsOf(output) < 0
            ? $"the number of instalments is not a whole number from 1 to {MaximumInstalments}"
            : null;
    }

    /// <summary>The floors and caps that bit.</summary>
    public List<LimitHit> Limits()
    {
        var hits = new List<LimitHit>();
        foreach (var limit in plan.Limits)
        {
            var (unbounded, value) = (At(limit.Unbounded), At(limit.Value));
            if (double.IsNaN(value) || value == unbounded)
                continue;
            // Where floor and cap cross, the cap holds: it is the one that the value equals.
            var isCap = limit.Cap is { } cap && At(cap) == value;
            hits.Add(new(limit.Name, isCap, unbounded, value));
        }
        return hits;
    }

    /// <summary>Whether some floor or cap bit.</summary>
    public bool IsLimited()
    {
        foreach (var limit in plan.Limits)
        {
            if (At(limit.Value) is var value && !double.IsNaN(value) && value != At(limit.Unbounded))
                return true;
        }
        return false;
    }

    /// <summary>The reasons to tell: rules and lane first, then by size of contribution.</summary>
    public List<ToldReason> Reasons()
    {
        var told = new List<ToldReason>();
        var most = plan.Definition.MaximumReasons;
        foreach (var rule in plan.Rules)
        {
            if (At(rule.Fired) == 1)
                told.Add(new(rule.Name, rule.Reason.For(block, row), double.NaN));
            else if (double.IsNaN(At(rule.Fired)))
                told.Add(
                    new(rule.Name, $"the rule '{rule.Name}' can't be checked: a value that it needs is missing", double.NaN)
                );
        }
        foreach (var lane in plan.Lanes)
        {
            if (lane.Reason is not null && At(lane.Chosen) == 1)
                told.Add(new(lane.Name, lane.Reason.For(block, row), double.NaN));
        }
        if (plan.Check is { Reason: { } sentence } check && At(check.Drawn) == 1)
            told.Add(new("random_check", sentence.For(block, row), double.NaN));
        AddContributions(told, most);
        if (told.Count > most)
            told.RemoveRange(most, told.Count - most);
        return told;
    }

    void AddContributions(List<ToldReason> told, int most)
    {
        if (plan.Reasons.Length == 0)
            return;
        Span<double> sizes = plan.Reasons.Length <= 64 ? stackalloc double[64] : new double[plan.Reasons.Length];
        for (var i = 0; i < plan.Reasons.Length; i++)
            sizes[i] = SizeOf(plan.Reasons[i]);
        sizes = sizes[..plan.Reasons.Length];
        while (told.Count < most)
        {
            // The largest left; the first of equals.
            var best = 0;
            for (var i = 1; i < sizes.Length; i++)
            {
                if (sizes[i] > sizes[best])
                    best = i;
            }
            if (!(sizes[best] > 0))
                return;
            var reason = plan.Reasons[best];
            told.Add(new(reason.Definition.Name, reason.Text.For(block, row), At(reason.Contribution)));
            sizes[best] = 0;
        }
    }

    /// <summary>Size of a contribution in the direction that the reason speaks of; 0 where it is not to be told.</summary>
    double SizeOf(CompiledReason reason)
    {
        if ((reason.ToldWith >> Action & 1) == 0 || (reason.When is { } when && At(when) != 1))
            return 0;
        var size = reason.Definition.Lowers ? -At(reason.Contribution) : At(reason.Contribution);
        return size > 0 && double.IsFinite(size) && size >= reason.Definition.MinimumContribution ? size : 0;
    }
}
