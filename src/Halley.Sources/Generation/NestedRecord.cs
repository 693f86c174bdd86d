namespace Halley.Sources.Generation;

/// <summary>A record's inner record.</summary>
delegate TInner InnerOf<T, TInner>(in T record);

/// <summary>The fields of a record within a record.</summary>
sealed class NestedRecord<T, TInner>(RecordLayout<TInner> layout, InnerOf<T, TInner> inner) : RecordPart<T>
{
    public override IReadOnlyList<Field> Fields => layout.Fields;

    // The inner record is copied once for all its fields: records are a hundred bytes and more.
    public override void Read(in T record, Span<double> slots) => layout.Read(inner(in record), slots);
}
