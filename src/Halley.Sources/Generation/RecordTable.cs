using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>A table under construction, whose rows any thread may set.</summary>
sealed class RecordTable<T>
{
    readonly IReadOnlyList<RecordColumn<T>> columns;
    readonly SlotStore[] stores;

    public RecordTable(IReadOnlyList<RecordColumn<T>> columns, int rowCount)
    {
        this.columns = columns;
        stores = [.. columns.Select(column => SlotStore.For(column.Field, rowCount))];
    }

    public void Set(int row, in T record)
    {
        for (var column = 0; column < stores.Length; column++)
            stores[column].Set(row, columns[column].Slot(in record));
    }

    /// <summary>The table; nothing may be set afterwards.</summary>
    public Table Build(int threads)
    {
        var built = new Column[stores.Length];
        WorkItems.For(stores.Length, threads, column => built[column] = stores[column].Build());
        return new(built);
    }
}
