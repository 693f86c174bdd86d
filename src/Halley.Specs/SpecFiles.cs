using Halley.Decisions;
using Halley.Models;
using Halley.Optimization;
using Halley.Registry;
using Halley.Sources;

namespace Halley.Specs;

/// <summary>Every kind of YAML file that Halley reads.</summary>
public static class SpecFiles
{
    public static SpecFile<ModelFile> Model { get; } = new("model", ModelShapes.Model);

    /// <summary><c>features.yaml</c> of an imported model.</summary>
    public static SpecFile<FeatureMap> Features { get; } = new("features", FeatureMapShapes.Map);

    /// <summary>How a target engine wants a rating table, <c>rating-map.yaml</c>.</summary>
    public static SpecFile<RatingMap> RatingMap { get; } = new("rating-map", RatingMapShapes.Map);

    /// <summary><c>data.yaml</c>.</summary>
    public static SpecFile<DataDefinition> Data { get; } = new("data", DataShapes.Data);

    public static SpecFile<DecisionDefinition> Decision { get; } = new("decision", DecisionShapes.Decision);

    /// <summary>Test cases of a decision, <c>tests/NAME.yaml</c>.</summary>
    public static SpecFile<IReadOnlyList<DecisionTestCase>> Tests { get; } = new("tests", TestShapes.Tests);

    /// <summary><c>gates.yaml</c>.</summary>
    public static SpecFile<IReadOnlyList<GateSet>> Gates { get; } = new("gates", GateShapes.Gates);

    /// <summary><c>value.yaml</c>.</summary>
    public static SpecFile<IReadOnlyList<ValueDefinition>> Value { get; } = new("value", ValueShapes.Value);

    /// <summary><c>canary.yaml</c>.</summary>
    public static SpecFile<IReadOnlyList<CanaryPlan>> Canary { get; } = new("canary", CanaryShapes.Canary);

    /// <summary><c>monitor.yaml</c>.</summary>
    public static SpecFile<IReadOnlyList<MonitorPlan>> Monitor { get; } = new("monitor", MonitorShapes.Monitor);

    /// <summary>A price run of a portfolio.</summary>
    public static SpecFile<PortfolioSpec> Prices { get; } = new("prices", PriceShapes.Prices);

    /// <summary>An assignment of items to agents.</summary>
    public static SpecFile<ChoiceSpec> Assign { get; } = new("assign", ChoiceShapes.Assign);

    /// <summary>A knapsack with several limits, or a multiple choice.</summary>
    public static SpecFile<ChoiceSpec> Knapsack { get; } = new("knapsack", ChoiceShapes.Knapsack);

    /// <summary>Horizon, shifts and contracts of a roster.</summary>
    public static SpecFile<RosterSpec> Roster { get; } = new("roster", RosterShapes.Roster);

    /// <summary>A rate book to be improved.</summary>
    public static SpecFile<RateBookSpec> RateBook { get; } = new("ratebook", RateBookShapes.RateBook);

    /// <summary>The JSON schema of every kind, by file name, for editors.</summary>
    public static IReadOnlyDictionary<string, string> Schemas() =>
        new Dictionary<string, string>
        {
            ["model.schema.json"] = Model.ToJsonSchema().ToJsonString(Indented),
            ["features.schema.json"] = Features.ToJsonSchema().ToJsonString(Indented),
            ["rating-map.schema.json"] = RatingMap.ToJsonSchema().ToJsonString(Indented),
            ["data.schema.json"] = Data.ToJsonSchema().ToJsonString(Indented),
            ["decision.schema.json"] = Decision.ToJsonSchema().ToJsonString(Indented),
            ["tests.schema.json"] = Tests.ToJsonSchema().ToJsonString(Indented),
            ["gates.schema.json"] = Gates.ToJsonSchema().ToJsonString(Indented),
            ["prices.schema.json"] = Prices.ToJsonSchema().ToJsonString(Indented),
            ["assign.schema.json"] = Assign.ToJsonSchema().ToJsonString(Indented),
            ["knapsack.schema.json"] = Knapsack.ToJsonSchema().ToJsonString(Indented),
            ["roster.schema.json"] = Roster.ToJsonSchema().ToJsonString(Indented),
            ["ratebook.schema.json"] = RateBook.ToJsonSchema().ToJsonString(Indented),
            ["canary.schema.json"] = Canary.ToJsonSchema().ToJsonString(Indented),
            ["monitor.schema.json"] = Monitor.ToJsonSchema().ToJsonString(Indented),
            ["value.schema.json"] = Value.ToJsonSchema().ToJsonString(Indented),
        };

    static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
}
