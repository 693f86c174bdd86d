namespace Halley.Registry;

/// <summary>One observation of a mean.</summary>
/// <param name="Unit">Its number by a <see cref="UnitIndex"/>. Rows of one unit may depend on each other; rows of different units do not.</param>
/// <param name="Weight">Above 0; the inverse of the chance with which the row came into its arm.</param>
readonly record struct ValueRow(int Unit, double Weight, double Value);
