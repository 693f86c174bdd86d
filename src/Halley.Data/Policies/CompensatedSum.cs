namespace Halley.Data;

/// <summary>A sum whose error does not grow with the number of terms.</summary>
/// <remarks>Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54.</remarks>
struct CompensatedSum
{
    double sum;
    double lost;

    public readonly double Value => sum + lost;

    public static double Of(ReadOnlySpan<double> values)
    {
        var total = new CompensatedSum();
        foreach (var value in values)
            total.Add(value);
        return total.Value;
    }

    public void Add(double value)
    {
        var next = sum + value;
        lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }
}
