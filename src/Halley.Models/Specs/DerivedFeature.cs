namespace Halley.Models;

/// <summary>A column computed from others by an expression; part of the model, so that training and serving can't drift apart.</summary>
/// <param name="Name">Name of the new column; must not be a column of the data. May also name the target.</param>
/// <param name="Expression">In the expression language, over columns of the data and features derived before it.</param>
public sealed record DerivedFeature(string Name, string Expression);
