using System.Text.Json;

namespace Halley.Server;

/// <summary>One column of a request: an input of the model, with a value for each row.</summary>
/// <param name="shape">As the caller declared it: (n) or (n, 1).</param>
abstract class InferenceTensor(string name, string datatype, IReadOnlyList<long> shape)
{
    public string Name => name;

    public string Datatype => datatype;

    public IReadOnlyList<long> Shape => shape;

    /// <summary>Values that were sent.</summary>
    public abstract int Count { get; }

    /// <summary>Writes a row's value as JSON; null is a missing value.</summary>
    public abstract void Write(int row, Utf8JsonWriter writer);

    /// <summary>A row's value where it is a number; else NaN.</summary>
    public abstract double NumberAt(int row);
}
