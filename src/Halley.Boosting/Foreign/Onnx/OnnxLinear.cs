namespace Halley.Boosting;

/// <summary>constant + Σ factor · source.</summary>
sealed record OnnxLinear(double Constant, IReadOnlyList<OnnxScalar> Sources, IReadOnlyList<double> Factors)
{
    /// <summary>The linear form of a number: what follows a sum of products is taken into it.</summary>
    internal static OnnxLinear Of(OnnxScalar number)
    {
        if (number.Linear is { } linear)
            return linear;
        if (number.Last is { } last)
        {
            switch (last.Operation)
            {
                case ColumnOperation.Round:
                    return Of(last.Source);
                case ColumnOperation.Add:
                    return Of(last.Source) is var sum ? sum with { Constant = sum.Constant + last.Constant } : sum;
                case ColumnOperation.Subtract:
                    return Of(last.Source) is var rest ? rest with { Constant = rest.Constant - last.Constant } : rest;
                case ColumnOperation.Multiply:
                    return Of(last.Source).Times(last.Constant);
                case ColumnOperation.Divide:
                    return Of(last.Source).Times(1 / last.Constant);
                default:
                    break;
            }
        }
        return new(0, [number], [1]);
    }

    OnnxLinear Times(double factor) => new(Constant * factor, Sources, [.. Factors.Select(value => value * factor)]);
}
