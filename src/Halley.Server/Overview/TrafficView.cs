namespace Halley.Server;

/// <summary>What this server did, as the page shows it.</summary>
/// <param name="DecisionsPerSecond">Mean of the last ten seconds.</param>
/// <param name="Decisions">Since start.</param>
/// <param name="ShadowsLeftOut">Requests that shadows did not see because too many waited, since start.</param>
sealed record TrafficView(double DecisionsPerSecond, long Decisions, LatencyView LatencyMs, long Fallbacks, long ShadowsLeftOut);

/// <summary>Milliseconds from request to durable answer, of the latest decisions; null before the first.</summary>
sealed record LatencyView(double? P50, double? P99);
