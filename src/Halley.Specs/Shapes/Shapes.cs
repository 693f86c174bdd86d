namespace Halley.Specs;

/// <summary>The shapes that specs are made of.</summary>
static class Shapes
{
    public static Shape<string> Text { get; } = new TextShape();

    public static Shape<bool> Flag { get; } = new FlagShape();

    public static Shape<DateOnly> Date { get; } = new DateShape();

    public static Shape<double> Number { get; } = NumberWithin();

    public static Shape<IReadOnlyList<string>> Texts { get; } = ListOf(Text, loneItem: true);

    public static Shape<double> NumberWithin(
        double minimum = double.NegativeInfinity,
        double maximum = double.PositiveInfinity
    ) => new NumberShape(minimum, maximum, whole: false);

    public static Shape<int> Whole(int minimum = int.MinValue, int maximum = int.MaxValue) =>
        new NumberShape(minimum, maximum, whole: true).Then(value => (int)value);

    public static Shape<T> Choice<T>(params (string Word, T Value)[] choices) => new ChoiceShape<T>(choices);

    public static Shape<IReadOnlyList<T>> ListOf<T>(Shape<T> item, bool loneItem = false) => new ListShape<T>(item, loneItem);

    public static Shape<IReadOnlyList<KeyValuePair<string, T>>> MapOf<T>(Shape<T> value) => new MapShape<T>(value);

    public static Key Required<T>(string name, Shape<T> shape, string meaning) =>
        new Key<T>(name, shape, isRequired: true, meaning);

    public static Key Optional<T>(string name, Shape<T> shape, string meaning) =>
        new Key<T>(name, shape, isRequired: false, meaning);

    /// <summary>Whether a node is a single value, a list, or a group with the given key.</summary>
    public static bool IsScalar(SpecNode node) => node is ScalarNode;

    public static Func<SpecNode, bool> HasKey(string key) => node => node is MapNode map && map.Find(key) is not null;
}
