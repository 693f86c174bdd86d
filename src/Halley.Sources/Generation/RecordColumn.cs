namespace Halley.Sources.Generation;

/// <summary>A record's value as a slot: number, category code, day number, boolean 0/1.</summary>
delegate double SlotOf<T>(in T record);

/// <summary>A field of a generated table and where its values come from.</summary>
sealed record RecordColumn<T>(Field Field, SlotOf<T> Slot)
{
    /// <summary>The same field, of a record that holds this one.</summary>
    public RecordColumn<TOuter> Within<TOuter>(Func<TOuter, T> inner) => new(Field, (in TOuter outer) => Slot(inner(outer)));
}
