namespace Halley.Sources.Generation;

/// <summary>The fields of a generated table in order, and how a record fills them.</summary>
sealed class RecordLayout<T>
{
    readonly RecordPart<T>[] parts;

    public RecordLayout(params RecordPart<T>[] parts)
    {
        this.parts = parts;
        Fields = [.. parts.SelectMany(part => part.Fields)];
    }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Writes the record's values as slots, shape (<see cref="Fields"/>).</summary>
    public void Read(in T record, Span<double> slots)
    {
        foreach (var part in parts)
        {
            part.Read(in record, slots);
            slots = slots[part.Fields.Count..];
        }
    }
}
