namespace Halley.Registry;

/// <summary>The end of an experiment with the verdict that was taken. Never changes.</summary>
/// <param name="Experiment">Id of the experiment.</param>
/// <param name="Report">What was known then.</param>
public sealed record ExperimentEnd(string Experiment, DateTimeOffset At, Actor By, string Why, ExperimentReport Report);
