namespace Halley.Sources.Generation;

/// <summary>A column under construction, set by slots; the generator leaves none missing.</summary>
abstract class SlotStore
{
    public abstract void Set(int row, double slot);

    public abstract Column Build();

    public static SlotStore For(Field field, int rowCount) =>
        field.Kind switch
        {
            FieldKind.Number => new Doubles(rowCount, values => new NumericColumn(field.Name, values)),
            FieldKind.Exposure => new Doubles(rowCount, values => new ExposureColumn(field.Name, values)),
            FieldKind.Category => new Integers(rowCount, codes => new CategoricalColumn(field.Name, codes, field.Levels!)),
            FieldKind.Date => new Integers(rowCount, days => new DateColumn(field.Name, days)),
            FieldKind.Boolean => new Booleans(rowCount, field.Name),
            _ => throw new ArgumentException($"field '{field.Name}' of kind {field.Kind} has no slots.", nameof(field)),
        };

    sealed class Doubles(int rowCount, Func<double[], Column> build) : SlotStore
    {
        readonly double[] values = GC.AllocateUninitializedArray<double>(rowCount);

        public override void Set(int row, double slot) => values[row] = slot;

        public override Column Build() => build(values);
    }

    sealed class Integers(int rowCount, Func<int[], Column> build) : SlotStore
    {
        readonly int[] values = GC.AllocateUninitializedArray<int>(rowCount);

        public override void Set(int row, double slot) => values[row] = (int)slot;

        public override Column Build() => build(values);
    }

    sealed class Booleans(int rowCount, string name) : SlotStore
    {
        readonly sbyte[] values = GC.AllocateUninitializedArray<sbyte>(rowCount);

        public override void Set(int row, double slot) => values[row] = (sbyte)slot;

        public override Column Build() => new BooleanColumn(name, values);
    }
}
