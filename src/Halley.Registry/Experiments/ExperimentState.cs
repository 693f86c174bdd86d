namespace Halley.Registry;

/// <summary>An experiment with its end; null while it runs.</summary>
public sealed record ExperimentState(Experiment Experiment, ExperimentEnd? End);
