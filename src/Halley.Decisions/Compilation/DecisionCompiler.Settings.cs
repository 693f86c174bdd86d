using System.Globalization;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    void CheckSettings()
    {
        if (definition.Actions.Count is 0 or > MaximumActions)
            problems.Add(DecisionCodes.Action, $"actions: a decision has 1 to {MaximumActions} actions, the mildest first.");
        if (definition.Outputs.Count == 0 && definition.Actions.Count < 2)
            problems.Add(
                DecisionCodes.Setting,
                "outputs: there is neither an output nor a choice of action, so nothing is decided."
            );
        if (definition.MaximumReasons is < 0 or > 5)
            Refuse("maximumReasons", definition.MaximumReasons, "a whole number from 0 to 5");
        if (definition.Triage is { } triage)
            CheckTriage(triage);
        if (definition.RandomCheck is { } check)
            CheckRandomCheck(check);
        foreach (var output in definition.Outputs)
            CheckMoney(output);
    }

    void CheckTriage(Triage triage)
    {
        if (!(triage.ExpectedPerDay > 0) || !double.IsFinite(triage.ExpectedPerDay))
            Refuse("triage: expectedPerDay", triage.ExpectedPerDay, "above 0");
        if (triage.Lanes.Count == 0)
            problems.Add(DecisionCodes.Setting, "triage: there are no lanes. List at least one, or leave the triage out.");
        foreach (var lane in triage.Lanes)
        {
            if (lane.Threshold is { } threshold && !(threshold >= 0 && double.IsFinite(threshold)))
                Refuse($"lane '{lane.Name}': threshold", threshold, "from 0");
            if (lane.CapacityPerDay is not { } capacity)
                continue;
            if (!(capacity > 0) || !double.IsFinite(capacity))
                Refuse($"lane '{lane.Name}': capacityPerDay", capacity, "above 0");
            if (lane is { NetQuantiles.Count: 0, Threshold: not null })
                continue;
            if (lane.NetQuantiles.Count == 0)
                problems.Add(
                    DecisionCodes.Setting,
                    $"lane '{lane.Name}': a capacity needs netQuantiles, the usual distribution of its net saving, to set the threshold; or pin the threshold that 'halley capacity' finds."
                );
            else
                CheckQuantiles($"lane '{lane.Name}': netQuantiles", lane.NetQuantiles);
        }
    }

    void CheckRandomCheck(RandomCheck check)
    {
        if (!(check.Share > 0 && check.Share < 1))
            Refuse("random check: share", check.Share, "between 0 and 1, for example 0.02");
        if (check.Salt.Length == 0)
            problems.Add(
                DecisionCodes.Setting,
                "random check: the salt is empty. Write any text; another one draws other records."
            );
        if (definition.Inputs.OfRole(Role.Id) is null)
            problems.Add(
                DecisionCodes.Setting,
                "random check: no input has the role id, so that a record could not be drawn the same way again. Give the unit's id that role."
            );
    }

    void CheckMoney(DecisionOutput output)
    {
        var place = $"output '{output.Name}'";
        if (output.Kind == OutputKind.Money != output.Money is not null)
            problems.Add(
                DecisionCodes.Setting,
                output.Money is null
                    ? $"{place}: money needs a currency, decimals and a rounding rule."
                    : $"{place}: a money rule is for kind money."
            );
        if (output.Instalments is not null && output.Kind != OutputKind.Money)
            problems.Add(DecisionCodes.Setting, $"{place}: instalments are for kind money.");
        if (output.Money is not { } money)
            return;
        if (money.Decimals is < 0 or > 6)
            Refuse($"{place}: decimals", money.Decimals, "a whole number from 0 to 6");
        if (money.Currency.Length != 3 || !money.Currency.All(char.IsAsciiLetterUpper))
            problems.Add(
                DecisionCodes.Setting,
                $"{place}: '{money.Currency}' is no currency code. Write three capital letters, such as EUR."
            );
        if (!Enum.IsDefined(money.Rounding))
            problems.Add(DecisionCodes.Setting, $"{place}: there is no rounding rule '{money.Rounding}'.");
    }

    void CheckQuantiles(string place, IReadOnlyList<QuantilePoint> points)
    {
        var ordered = points.Count >= 2 && points.All(point => point.Share is >= 0 and <= 1 && double.IsFinite(point.Value));
        for (var i = 1; ordered && i < points.Count; i++)
            ordered = points[i].Share > points[i - 1].Share && points[i].Value >= points[i - 1].Value;
        if (!ordered)
            problems.Add(
                DecisionCodes.Reason,
                $"{place}: quantiles are at least two points whose shares increase from 0 to 1 and whose values don't decrease."
            );
    }

    void CheckUsualRanges(Scope scope)
    {
        foreach (var range in definition.UsualRanges)
        {
            CheckQuantiles($"usual range '{range.Name}'", range.Quantiles);
            if (!scope.Knows(range.Name))
                problems.Add(DecisionCodes.Reason, $"usual range '{range.Name}': there is no field or step of that name.");
        }
    }

    void Refuse(string setting, double value, string expected) =>
        problems.Add(
            DecisionCodes.Setting,
            string.Create(CultureInfo.InvariantCulture, $"{setting}: {value} is not allowed; it must be {expected}.")
        );
}
