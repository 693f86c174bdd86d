namespace Halley.Bench;

/// <summary>A world of quotes with known truth; see bench/honest/scenarios.yaml.</summary>
sealed record ValueScenario(string Name, string Words)
{
    /// <summary>Weeks of intake, in each of which the experiment is looked at.</summary>
    public const int Weeks = 26;

    /// <summary>Units of a run.</summary>
    public int Units { get; init; } = 2000;

    /// <summary>The smallest difference a unit that matters, in money.</summary>
    public const double Matters = 60;

    /// <summary>How much more than the champion the challenger asks, as a share.</summary>
    public double Change { get; init; }

    /// <summary>How strongly customers look at prices: slope of the log odds of buying in the log of the price over the market's.</summary>
    public double Elasticity { get; init; } = 2;

    /// <summary>Whether the challenger's models know the second risk factor.</summary>
    public bool KnowsSecond { get; init; }

    /// <summary>Weeks between renewals; 0 for policies that are not renewed.</summary>
    public double RenewalWeeks { get; init; }

    /// <summary>Mean days from the decision to the report of a claim; 0 for claims that are known at once.</summary>
    public double ReportDays { get; init; }

    /// <summary>Days from the report of a claim to its final amount.</summary>
    public double SettleDays { get; init; }

    /// <summary>Age from which decisions are valued.</summary>
    public double MaturityDays { get; init; }

    /// <summary>Sigma of a log-normal severity; 0 for an exponential one.</summary>
    public double SeveritySigma { get; init; }

    /// <summary>The most of a decision's claims that counts; null for all.</summary>
    public double? Cap { get; init; }

    /// <summary>Swing of the mix and of the market over the window.</summary>
    public double Season { get; init; }

    /// <summary>Rise of claims over the window, as a share.</summary>
    public double Drift { get; init; }

    /// <summary>Share of the units of the challenger.</summary>
    public double Share { get; init; } = 0.4;

    /// <summary>Its share in the second half; null for the same.</summary>
    public double? LaterShare { get; init; }
}
