namespace Halley.Sources.Generation;

/// <summary>Adjoining fields of a generated table, and how a record fills them.</summary>
abstract class RecordPart<T>
{
    public abstract IReadOnlyList<Field> Fields { get; }

    /// <summary>Writes the fields' values as slots, shape (<see cref="Fields"/>).</summary>
    public abstract void Read(in T record, Span<double> slots);
}
