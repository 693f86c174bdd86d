using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Takes a column's chunks in row order and makes a <see cref="Column"/> of them.</summary>
abstract class ColumnBuilder(string name)
{
    protected string Name { get; } = name;

    /// <summary>The type that the query must cast this column to.</summary>
    public abstract string SqlType { get; }

    public abstract void Append(DuckVector vector);

    /// <summary>The column; the builder is spent afterwards.</summary>
    public abstract Column Build();

    public static ColumnBuilder For(ColumnRequest request) =>
        request.Kind switch
        {
            FieldKind.Number => new NumberBuilder(request.Name, isGuess: request.Declared is null),
            FieldKind.Boolean => new BooleanBuilder(request.Name),
            FieldKind.Date => new DateBuilder(request.Name),
            _ when request.Declared == FieldKind.Text => new TextBuilder(request.Name),
            _ => new LevelBuilder(request.Name, isGuess: request.Declared is null),
        };

    /// <summary>Copies values into segments, in pieces; <paramref name="missing"/> stands where there is none.</summary>
    protected static void Copy<T>(DuckVector vector, Segments<T> destination, T missing)
        where T : unmanaged
    {
        var values = vector.Values<T>();
        var validity = vector.Validity;
        if (!validity.IsEmpty)
        {
            for (var row = 0; row < values.Length; row++)
            {
                if ((validity[row >> 6] >> (row & 63) & 1) == 0)
                    values[row] = missing;
            }
        }
        while (!values.IsEmpty)
        {
            var room = destination.Room(values.Length);
            values[..room.Length].CopyTo(room);
            destination.Commit(room.Length);
            values = values[room.Length..];
        }
    }
}
