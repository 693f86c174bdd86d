namespace Halley.Optimization;

/// <summary>What a price run of a portfolio is: its columns, its menu, each policy's rules, and the limits on the whole.</summary>
public sealed record PortfolioSpec
{
    /// <summary>Table or file with a row for each policy.</summary>
    public required string Portfolio { get; init; }

    /// <summary>Column that names the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Column with the price of today, above zero; null takes what the decision charges.</summary>
    public string? Premium { get; init; }

    /// <summary>Column with expected claims and expenses; null with a decision.</summary>
    public string? Cost { get; init; }

    /// <summary>Column with the chance that the customer takes or keeps the policy at the price of today, in (0, 1); null with a decision.</summary>
    public string? Chance { get; init; }

    /// <summary>Column with the slope of demand b: logit of the chance falls by b for a price doubled, at least 0; null with a decision.</summary>
    public string? Slope { get; init; }

    /// <summary>Where prices, chances and profits come from a decision instead of columns; null where they do not.</summary>
    public DecisionMenu? Decision { get; init; }

    /// <summary>Whether demand that rises with the price is taken as flat; else it is refused. Default refused.</summary>
    public bool RepairDemand { get; init; }

    /// <summary>Smallest relative change of price. Above −1. Default −0.2.</summary>
    public double From { get; init; } = -0.2;

    /// <summary>Largest relative change of price. Default 0.2.</summary>
    public double To { get; init; } = 0.2;

    /// <summary>Prices in the menu. From 2 to 1,000. Default 41.</summary>
    public int Prices { get; init; } = 41;

    /// <summary>Column with the technical floor: no price below it; null for none.</summary>
    public string? Floor { get; init; }

    /// <summary>Column with the largest price, for example that of new business; null for none.</summary>
    public string? Ceiling { get; init; }

    public IReadOnlyList<PortfolioRule> Limits { get; init; } = [];

    /// <summary>Relative error of the slope for which the plan is evaluated again. Range [0, 1). Default 0.2.</summary>
    public double SlopeError { get; init; } = 0.2;
}

/// <summary>Menus from a decision: its price step is multiplied, and its outputs are read at every price.</summary>
/// <param name="Name">Decision or release.</param>
/// <param name="Step">Step that makes the price.</param>
/// <param name="Price">Output with the price.</param>
/// <param name="Chance">Output with the chance that it is taken.</param>
/// <param name="Profit">Output with the expected profit.</param>
public sealed record DecisionMenu(string Name, string Step, string Price, string Chance, string Profit)
{
    /// <summary>The names that Halley's sample uses.</summary>
    public static DecisionMenu Usual { get; } = new("", "premium", "premium", "conversion", "expected_profit");
}

/// <summary>What a limit is about.</summary>
public enum LimitKind
{
    /// <summary>Mean chance over the policies.</summary>
    Retention,

    /// <summary>Expected premium in money.</summary>
    Volume,

    /// <summary>Expected cost over expected premium.</summary>
    LossRatio,

    /// <summary>Sum of changes over sum of the premiums of today.</summary>
    AverageChange,

    /// <summary>Average change of these policies minus that of the others named.</summary>
    ChangeGap,
}

/// <summary>A limit as it is written down.</summary>
public sealed record PortfolioRule
{
    public required string Name { get; init; }

    public required LimitKind Kind { get; init; }

    /// <summary>Smallest figure; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Largest figure; null for none.</summary>
    public double? AtMost { get; init; }

    /// <summary>Policies that count: column and level; null for all.</summary>
    public Segment? Where { get; init; }

    /// <summary>For a gap: the policies compared with.</summary>
    public Segment? Against { get; init; }
}

/// <summary>Policies with a level in a column.</summary>
public sealed record Segment(string Column, string Level);
