namespace Halley.Simulation;

/// <summary>An invariant that did not hold.</summary>
sealed class BrokenPromiseException(string what) : Exception(what);
