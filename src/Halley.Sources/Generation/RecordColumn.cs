namespace Halley.Sources.Generation;

/// <summary>A record's value as a slot: number, category code, day number, boolean 0/1.</summary>
delegate double SlotOf<T>(in T record);

/// <summary>A field of a generated table and where its values come from.</summary>
sealed class RecordColumn<T>(Field field, SlotOf<T> slot) : RecordPart<T>
{
    public override IReadOnlyList<Field> Fields { get; } = [field];

    public override void Read(in T record, Span<double> slots) => slots[0] = slot(in record);
}
