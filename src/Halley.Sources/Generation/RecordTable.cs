using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>A table under construction, whose rows any thread may set.</summary>
sealed class RecordTable<T>
{
    readonly RecordLayout<T> layout;
    readonly SlotStore[] stores;

    public RecordTable(RecordLayout<T> layout, int rowCount)
    {
        this.layout = layout;
        stores = [.. layout.Fields.Select(field => SlotStore.For(field, rowCount))];
    }

    public void Set(int row, in T record)
    {
        Span<double> slots = stackalloc double[stores.Length];
        layout.Read(in record, slots);
        for (var column = 0; column < stores.Length; column++)
            stores[column].Set(row, slots[column]);
    }

    /// <summary>The table; nothing may be set afterwards.</summary>
    public Table Build(int threads)
    {
        var built = new Column[stores.Length];
        WorkItems.For(stores.Length, threads, column => built[column] = stores[column].Build());
        return new(built);
    }
}
