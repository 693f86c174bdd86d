namespace Halley.Bench.Server;

/// <summary>A request of the decision API, read into fields, as an endpoint written by hand would.</summary>
sealed record EmptyRequest(string? RequestId, QuoteInputs Inputs);
