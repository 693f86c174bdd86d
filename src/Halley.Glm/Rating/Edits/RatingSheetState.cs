namespace Halley.Glm;

/// <summary>A rating table while it is edited: its coefficients by factor and cell.</summary>
sealed class RatingSheetState(RatingTable table)
{
    readonly Dictionary<string, double[]> coefficients = table.Factors.ToDictionary(
        factor => factor.Name,
        factor => factor.Coefficients.ToArray(),
        StringComparer.Ordinal
    );

    readonly Dictionary<string, Dictionary<string, int>> cells = table.Factors.ToDictionary(
        factor => factor.Name,
        factor => factor.CellNames.Select((name, cell) => (name, cell)).ToDictionary(StringComparer.Ordinal),
        StringComparer.Ordinal
    );

    internal double Constant { get; private set; } = table.Constant;

    internal IEnumerable<string> Names => coefficients.Keys;

    internal RatingFactor? Find(string name) => table.Factors.FirstOrDefault(factor => factor.Name == name);

    internal double[] Coefficients(string factor) => coefficients[factor];

    internal bool Has(string factor, string level) =>
        factor == RatingTable.BaseFactor || (cells.TryGetValue(factor, out var own) && own.ContainsKey(level));

    internal double this[string factor, string level]
    {
        get => factor == RatingTable.BaseFactor ? Constant : coefficients[factor][cells[factor][level]];
        set
        {
            if (factor == RatingTable.BaseFactor)
                Constant = value;
            else
                coefficients[factor][cells[factor][level]] = value;
        }
    }

    internal RatingTable ToTable() =>
        new(Constant, [.. table.Factors.Select(factor => factor with { Coefficients = [.. coefficients[factor.Name]] })]);
}
