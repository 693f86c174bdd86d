using Halley.Data;

namespace Halley.Boosting;

/// <summary>Rows as bins, with their vectors.</summary>
sealed record PreparedRows(BinnedTable Table, TrainingVectors Vectors);
