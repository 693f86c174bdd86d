using System.Text.Json;
using System.Text.Json.Nodes;

namespace Halley.Server;

/// <summary>Everything that the page shows, in one document.</summary>
sealed record OverviewView(
    string Environment,
    bool Simulated,
    string? Problem,
    IReadOnlyList<EnvironmentView> Environments,
    TrafficView Traffic,
    IReadOnlyList<ShadowLine> Shadow,
    IReadOnlyList<DecisionView> Latest,
    IReadOnlyList<ValueView> Value,
    IReadOnlyList<string> ValueNotes,
    IReadOnlyList<ExperimentView> Experiments,
    IReadOnlyList<CanaryView> Canaries
);

/// <summary>What is live in an environment.</summary>
sealed record EnvironmentView(string Name, IReadOnlyList<LiveView> Decisions);

/// <summary>The arms of one decision.</summary>
sealed record LiveView(
    string Name,
    DateTimeOffset Since,
    ArmView Champion,
    IReadOnlyList<ArmView> Challengers,
    IReadOnlyList<ArmView> Shadows
);

/// <param name="Share">Share of the units, in [0, 1]; null for a shadow.</param>
sealed record ArmView(string Release, double? Share);

/// <summary>A logged decision with its steps.</summary>
sealed record DecisionView(
    Guid DecisionId,
    DateTimeOffset Time,
    string Decision,
    string Release,
    string Arm,
    string? Action,
    JsonObject Outputs,
    JsonElement Reasons,
    IReadOnlyList<StepView> Steps,
    bool Fallback
);

/// <summary>A named value of a decision.</summary>
sealed record StepView(string Name, JsonElement Value);

/// <summary>A line of what a release earned; see <see cref="Registry.ValueLine"/>.</summary>
sealed record ValueView(
    string Decision,
    string Release,
    string Against,
    string Grade,
    string Currency,
    double Value,
    double? Low,
    double? High,
    string Per,
    bool Known,
    string Sentence,
    string Assumption,
    string Measured,
    bool Simulated,
    int Decisions
);
