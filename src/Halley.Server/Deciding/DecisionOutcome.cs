using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>How a request for a decision ended.</summary>
abstract record DecisionOutcome
{
    /// <summary>Decided and durable.</summary>
    /// <param name="Repeated">Whether the record is the first answer to a repeated request.</param>
    public sealed record Decided(DecisionRecord Record, bool Repeated) : DecisionOutcome;

    /// <summary>Nothing of that name is live here.</summary>
    public sealed record NotLive : DecisionOutcome;

    /// <summary>The server has not read yet what is live.</summary>
    public sealed record NotReady(string Why) : DecisionOutcome;

    /// <summary>The request is not as the schema wants it.</summary>
    public sealed record Refused(IReadOnlyList<FieldProblem> Problems) : DecisionOutcome;

    /// <summary>The key was used before with another body.</summary>
    public sealed record KeyReused(DecisionRecord First) : DecisionOutcome;
}
