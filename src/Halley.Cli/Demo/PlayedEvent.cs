namespace Halley.Cli;

/// <summary>An event and how it was answered.</summary>
readonly record struct PlayedEvent(LiveEvent Event, string Action);
