namespace Halley.Registry;

/// <summary>What the value of a decision needs of its records.</summary>
sealed class ValuedDecision(DecisionRecord record, double[] outputs, double expected)
{
    internal Guid Id { get; } = record.Id;

    /// <summary>A decision whose unit was erased stands for itself.</summary>
    internal string Unit { get; } = record.UnitId.Length > 0 ? record.UnitId : record.Id.ToString();

    internal DateTimeOffset Time { get; } = record.Time;

    internal VersionId Release { get; } = record.Release;

    internal ReleaseRole Arm { get; } = record.Arm;

    /// <summary>Whether the unit's hash chose the release; not so where a timetable, an original decision or a schema did.</summary>
    internal bool IsAssigned { get; } = record.Route is null;

    internal double Probability { get; } = record.Probability;

    internal long Revision { get; } = record.Revision;

    internal bool Simulated { get; set; } = record.Simulated;

    /// <summary>The decision's own expected value; NaN where it has none.</summary>
    internal double Expected { get; } = expected;

    /// <summary>For each term of the definition its output, 1 where it names none.</summary>
    internal double[] Outputs { get; } = outputs;

    /// <summary>For each term of the definition its outcome as known, 1 where it names none.</summary>
    internal double[] Outcomes { get; } = new double[outputs.Length];

    internal double Value(ValueDefinition definition)
    {
        var sum = 0.0;
        for (var term = 0; term < Outputs.Length; term++)
            sum += definition.Terms[term].Factor * Outputs[term] * Outcomes[term];
        return sum;
    }
}
