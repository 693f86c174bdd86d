using Halley.Data;

namespace Halley.Registry;

/// <summary>The record that holds a key.</summary>
public readonly record struct ClaimHolder(Guid Record, ContentHash Content);
