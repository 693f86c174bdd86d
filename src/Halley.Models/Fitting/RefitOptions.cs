using Halley.Boosting;

namespace Halley.Models;

/// <summary>How the leaves of boosted trees are fitted to new rows.</summary>
public sealed record RefitOptions
{
    /// <summary>Name of the new model.</summary>
    public required string Name { get; init; }

    /// <summary>Share of the old values in the new ones. Range 0 (new values alone) to 1 (nothing changes). Default 0.9.</summary>
    public double Decay { get; init; } = LeafRefit.DefaultDecay;

    /// <summary>Whether the model's split is left aside, so that every row counts; else its learn and validation rows do. Default false.</summary>
    public bool AllRows { get; init; }

    /// <summary>Threads; 0 for all processors. Changes no result. Default 0.</summary>
    public int Threads { get; init; }
}
