using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

sealed class TextBuilder(string name) : ColumnBuilder(name)
{
    readonly List<string?> values = [];

    public override string SqlType => "VARCHAR";

    public override void Append(DuckVector vector)
    {
        var slots = vector.Values<StringSlot>();
        var validity = vector.Validity;
        for (var row = 0; row < slots.Length; row++)
        {
            var isMissing = !validity.IsEmpty && (validity[row >> 6] >> (row & 63) & 1) == 0;
            values.Add(isMissing ? null : DuckVector.Text(in slots[row]));
        }
    }

    public override Column Build()
    {
        string?[] all = [.. values];
        values.Clear();
        return new TextColumn(Name, all);
    }
}
