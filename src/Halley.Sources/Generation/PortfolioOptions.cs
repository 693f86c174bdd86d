using System.Globalization;

namespace Halley.Sources.Generation;

/// <summary>What to generate. Equal options give equal bytes on any number of threads.</summary>
public sealed record PortfolioOptions
{
    /// <summary>Contracts ever in the portfolio; each has one row for every policy year it touches. Range [10,000, 10,000,000]. Default 100,000.</summary>
    public int Policies { get; init; } = 100_000;

    /// <summary>Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>First day. Default 2023-01-01.</summary>
    public DateOnly Start { get; init; } = new(2023, 1, 1);

    /// <summary>Calendar years covered. Range [1, 10]. Default 3.</summary>
    public int Years { get; init; } = 3;

    /// <summary>Quotes asked for in that time, for each contract. Range [0, 10]. Default 1.</summary>
    public double QuotesPerPolicy { get; init; } = 1;

    /// <summary>Change of claim frequency a year. Range [−0.2, 0.2]. Default −0.01.</summary>
    public double FrequencyTrend { get; init; } = -0.01;

    /// <summary>Growth of claim amounts a year, large claims apart. Range [−0.2, 0.2]. Default 0.03.</summary>
    public double SeverityTrend { get; init; } = 0.03;

    /// <summary>Threads; 0 for as many as the machine has. Default 0. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The day after the last one.</summary>
    public DateOnly End => Start.AddYears(Years);

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check("policies", Policies, 10_000, 10_000_000);
        Check("years", Years, 1, 10);
        Check("quotes per policy", QuotesPerPolicy, 0, 10);
        Check("frequency trend", FrequencyTrend, -0.2, 0.2);
        Check("severity trend", SeverityTrend, -0.2, 0.2);
        Check("year of the start", Start.Year, 1950, 2200);
        return problems;

        void Check(string name, double value, double minimum, double maximum)
        {
            if (!(value >= minimum && value <= maximum))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is outside {minimum} to {maximum}"));
        }
    }

    internal void ThrowIfInvalid()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY1529",
                $"the portfolio can't be generated: {string.Join("; ", problems)}. Correct these options."
            );
    }
}
