using Halley.Decisions;

namespace Halley.Cli;

/// <summary>What the demo walks the road with: a generated portfolio, or the user's own data.</summary>
interface IDemoSource
{
    /// <summary>Time of the project and its servers.</summary>
    StreamClock Clock { get; }

    /// <summary>Fills the project's empty folder: specs, and data or where they are.</summary>
    void Fill(string folder, CommandContext context);

    /// <summary>Requests that the challenger sees in staging as a shadow.</summary>
    IReadOnlyList<LiveEvent> Staging(Project project, IReadOnlyList<DecisionDefinition> decisions);

    /// <summary>Requests that the live server answers, in their order.</summary>
    IReadOnlyList<LiveEvent> Live(Project project, IReadOnlyList<DecisionDefinition> decisions);
}
