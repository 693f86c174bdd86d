using System.Collections.Frozen;

namespace Halley.Data;

/// <summary>Columnar data in memory: named, typed columns of one length. Immutable, safe to share between threads.</summary>
public sealed class Table
{
    readonly Column[] columns;
    readonly FrozenDictionary<string, int> positions;

    /// <exception cref="ArgumentException">Two columns share a name, or lengths differ.</exception>
    public Table(IEnumerable<Column> columns)
    {
        this.columns = [.. columns];
        RowCount = this.columns.Length == 0 ? 0 : this.columns[0].RowCount;
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in this.columns)
        {
            if (column.RowCount != RowCount)
                throw new ArgumentException(
                    $"column '{column.Name}' has {column.RowCount} rows where '{this.columns[0].Name}' has {RowCount}."
                );
            if (!map.TryAdd(column.Name, map.Count))
                throw new ArgumentException($"two columns are named '{column.Name}'.");
        }
        positions = map.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public int RowCount { get; }

    public IReadOnlyList<Column> Columns => columns;

    public bool Has(string name) => positions.ContainsKey(name);

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => positions.TryGetValue(name, out var position) ? columns[position] : null;

    /// <exception cref="HalleyException">HLY1001: there is no such column; the message lists those there are.</exception>
    public Column this[string name] => Find(name) ?? throw TableErrors.NoColumn(name, columns);

    /// <exception cref="HalleyException">HLY1001 no such column, HLY1002 it is of another kind.</exception>
    public NumericColumn Numeric(string name) => Of<NumericColumn>(name, "number");

    /// <inheritdoc cref="Numeric"/>
    public CategoricalColumn Categorical(string name) => Of<CategoricalColumn>(name, "category");

    /// <inheritdoc cref="Numeric"/>
    public DateColumn Date(string name) => Of<DateColumn>(name, "date");

    /// <inheritdoc cref="Numeric"/>
    public TextColumn Text(string name) => Of<TextColumn>(name, "text");

    /// <inheritdoc cref="Numeric"/>
    public ExposureColumn Exposure(string name) => Of<ExposureColumn>(name, "exposure");

    /// <summary>This table with <paramref name="column"/> added, or in place of the one of that name.</summary>
    public Table With(Column column) =>
        positions.TryGetValue(column.Name, out var position)
            ? new([.. columns[..position], column, .. columns[(position + 1)..]])
            : new([.. columns, column]);

    /// <summary>The named columns, in that order.</summary>
    public Table Select(IEnumerable<string> names) => new(names.Select(name => this[name]));

    /// <summary>This table without the named columns; names it does not have are passed over.</summary>
    public Table Without(params IReadOnlyCollection<string> names) => new(columns.Where(column => !names.Contains(column.Name)));

    /// <summary>The given rows, in that order (a row may be taken more than once).</summary>
    public Table Take(int[] rows) => new(columns.Select(column => column.Take(rows)));

    /// <summary>The rows for which <paramref name="keep"/> holds.</summary>
    public Table Where(Func<int, bool> keep) => Take([.. Enumerable.Range(0, RowCount).Where(keep)]);

    T Of<T>(string name, string wanted)
        where T : Column => this[name] as T ?? throw TableErrors.WrongKind(this[name], wanted);
}
