namespace Halley.Registry;

/// <summary>What became of outcomes that were sent.</summary>
/// <param name="Taken">New ones, now durable.</param>
/// <param name="Repeated">Those that were there already; counted once.</param>
public sealed record OutcomeReceipt(int Taken, int Repeated);
