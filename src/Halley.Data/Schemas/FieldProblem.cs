namespace Halley.Data;

/// <summary>One thing wrong with one field of a record.</summary>
/// <param name="Field">Name of the field; empty when the record as a whole can't be read.</param>
/// <param name="Value">The value as it was sent, cut to 64 characters; null where there was none.</param>
/// <param name="Problem">What is wrong, in words.</param>
/// <param name="Expected">What the schema allows, in words.</param>
/// <param name="Kind">The same as <paramref name="Problem"/>, for programs.</param>
public sealed record FieldProblem(string Field, string? Value, string Problem, string Expected, FieldProblemKind Kind)
{
    /// <summary>One line: <c>field 'age': -5 is out of range; expected a whole number from 18 to 100.</c></summary>
    public override string ToString() =>
        Field.Length == 0
            ? $"the record: {Problem}; expected {Expected}."
            : $"field '{Field}': {(Value is null ? "" : Value + " ")}{Problem}; expected {Expected}.";
}
