namespace Halley.Registry;

/// <summary>Requests that a server could not answer by a canary's release: they leave no decision in the log.</summary>
/// <param name="Canary">Id of the canary.</param>
/// <param name="Step">The step it was in.</param>
/// <param name="Count">How many since the last such record of the server.</param>
/// <param name="Sample">What went wrong with the last of them, without a customer's data.</param>
public sealed record CanaryFault(string Canary, int Step, DateTimeOffset At, long Count, string Sample);
