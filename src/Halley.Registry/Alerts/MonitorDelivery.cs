namespace Halley.Registry;

/// <summary>An alert that its receiver has taken.</summary>
/// <param name="Alert">Id of the alert.</param>
/// <param name="Attempts">How often the one that delivered it had tried.</param>
public sealed record MonitorDelivery(string Alert, DateTimeOffset At, int Attempts);
