namespace Halley.Registry;

/// <summary>The end of a key. Never taken back.</summary>
public sealed record KeyRevocation(string Key, Actor By, DateTimeOffset At, string Why);
