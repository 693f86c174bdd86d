using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

sealed class BooleanBuilder(string name) : ColumnBuilder(name)
{
    readonly Segments<sbyte> values = new();

    public override string SqlType => "BOOLEAN";

    public override void Append(DuckVector vector) => Copy(vector, values, (sbyte)-1);

    public override Column Build() => new BooleanColumn(Name, values.ToArray());
}
