namespace Halley.Registry;

/// <summary>Personal parts that were erased from the log: kept in the chain, so that nobody can remove any without leaving this.</summary>
/// <param name="Id">From <see cref="DecisionLog.NewId"/>.</param>
/// <param name="Records">Ids of the records whose personal part is gone.</param>
/// <param name="Why">The request or the rule, without the person's name or number.</param>
public sealed record Erasure(
    Guid Id,
    DateTimeOffset At,
    string Environment,
    string Decision,
    IReadOnlyList<Guid> Records,
    Actor By,
    string Why
);
