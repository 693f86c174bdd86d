using System.Globalization;
using Halley.Data;

namespace Halley.Server;

/// <summary>One thing wrong with a request for scores.</summary>
/// <param name="Row">Row of the tensor, from 0; null where the tensor or the request as a whole is wrong.</param>
sealed record TensorProblem(FieldProblem Problem, int? Row = null)
{
    /// <summary>One line: <c>input 'age', row 3: -5 is out of range; expected a whole number from 18 to 100.</c></summary>
    public override string ToString()
    {
        var place = Problem.Field.Length == 0 ? "the request" : $"input '{Problem.Field}'";
        var row = Row is { } number ? string.Create(CultureInfo.InvariantCulture, $", row {number}") : "";
        var value = Problem.Value is null ? "" : Problem.Value + " ";
        return $"{place}{row}: {value}{Problem.Problem}; expected {Problem.Expected}.";
    }
}
