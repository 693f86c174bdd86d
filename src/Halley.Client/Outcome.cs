namespace Halley.Client;

/// <summary>What happened later to what was decided.</summary>
/// <param name="Id">The sender's own id: sent again, the outcome counts once.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Kind">What happened, for example <c>converted</c> or <c>claim_cost</c>.</param>
/// <param name="Value">How much.</param>
/// <param name="ValuationDate">Day on which this was known.</param>
public sealed record Outcome(string Id, Guid DecisionId, string Kind, double Value, DateOnly ValuationDate);

/// <summary>What the server took of the outcomes sent.</summary>
/// <param name="Accepted">Those that are new.</param>
/// <param name="Repeated">Those that it had; they count once.</param>
public sealed record OutcomesReceipt(int Accepted, int Repeated);
