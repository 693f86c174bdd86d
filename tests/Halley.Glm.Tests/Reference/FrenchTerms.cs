namespace Halley.Glm.Tests;

/// <summary>Terms of the published French models, in the order of the reference.</summary>
static class FrenchTerms
{
    static Term[] Vehicle =>
        [new FactorTerm("VehPowerGLM") { Base = "4" }, new BandedTerm("VehAge", [6, 13]) { Base = "<6", Label = "VehAgeGLM" }];

    static Term[] Rest =>
        [
            new NumericTerm("BonusMalusGLM"),
            new FactorTerm("VehBrand") { Base = "B1" },
            new FactorTerm("VehGas") { Base = "Diesel" },
            new NumericTerm("DensityGLM"),
            new FactorTerm("Region") { Base = "R24" },
            new NumericTerm("AreaGLM"),
        ];

    internal static Term[] Glm1 =>
        [.. Vehicle, .. Rest, new BandedTerm("DrivAge", [21, 26, 31, 41, 51, 71]) { Base = "[31,41)", Label = "DrivAgeGLM" }];

    internal static Term[] Glm2 => [.. Vehicle, .. Rest, new LogTerm("DrivAge"), new PolynomialTerm("DrivAge", 4)];

    internal static Term[] Glm3 =>
        [.. Glm2, new InteractionTerm(new NumericTerm("BonusMalusGLM"), new PolynomialTerm("DrivAge", 2))];

    internal static Term[] Of(string model) =>
        model switch
        {
            "null" => [],
            "glm1" => Glm1,
            "glm2" => Glm2,
            "glm3" => Glm3,
            _ => throw new ArgumentOutOfRangeException(nameof(model)),
        };
}
