namespace Halley.Registry;

/// <summary>What the monitor keeps of a decision until its outcomes come.</summary>
sealed class MonitoredRow(int unit, int previous, int day, double weight, int lines)
{
    internal int Unit => unit;

    /// <summary>Place of the unit's row before this one; −1 for none.</summary>
    internal int Previous => previous;

    internal int Day => day;

    /// <summary>Years at risk, 1 where the plan names none.</summary>
    internal double Weight => weight;

    internal bool IsReference { get; set; }

    internal bool IsUnseen { get; init; }

    internal bool IsSlow { get; init; }

    /// <summary>The slices that it belongs to, the whole first.</summary>
    internal required int[] Slices { get; init; }

    /// <summary>Expected amount of each line; NaN where the answer has none.</summary>
    internal double[] Expected { get; } = new double[lines];

    internal double[] Actual { get; } = new double[lines];

    /// <summary>Multiplier of each line's expected amount; NaN until it is known.</summary>
    internal double[] Taken { get; } = new double[lines];

    internal double Charged { get; set; } = double.NaN;

    internal double Technical { get; init; } = double.NaN;

    /// <summary>Code of the level by which prices are compared; −1 for none.</summary>
    internal int PriceCode { get; init; } = -1;
}
