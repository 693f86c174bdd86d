namespace Halley.Data.Expressions;

/// <summary>A function of the language.</summary>
/// <param name="Signature">As shown to a user, for example <c>clamp(x, low, high)</c>.</param>
/// <param name="Minimum">Fewest arguments.</param>
/// <param name="Maximum">Most arguments.</param>
sealed record Function(string Signature, int Minimum, int Maximum, Func<Compiler, CallNode, Operand> Compile);
