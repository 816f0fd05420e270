"""What the columns of the generated houses hold, and how often: rough shares, as in the competition's files."""

from __future__ import annotations

_COLUMNS = """
Id MSSubClass MSZoning LotFrontage LotArea Street Alley LotShape LandContour Utilities LotConfig LandSlope
Neighborhood Condition1 Condition2 BldgType HouseStyle OverallQual OverallCond YearBuilt YearRemodAdd RoofStyle
RoofMatl Exterior1st Exterior2nd MasVnrType MasVnrArea ExterQual ExterCond Foundation BsmtQual BsmtCond BsmtExposure
BsmtFinType1 BsmtFinSF1 BsmtFinType2 BsmtFinSF2 BsmtUnfSF TotalBsmtSF Heating HeatingQC CentralAir Electrical
1stFlrSF 2ndFlrSF LowQualFinSF GrLivArea BsmtFullBath BsmtHalfBath FullBath HalfBath BedroomAbvGr KitchenAbvGr
KitchenQual TotRmsAbvGrd Functional Fireplaces FireplaceQu GarageType GarageYrBlt GarageFinish GarageCars GarageArea
GarageQual GarageCond PavedDrive WoodDeckSF OpenPorchSF EnclosedPorch 3SsnPorch ScreenPorch PoolArea PoolQC Fence
MiscFeature MiscVal MoSold YrSold SaleType SaleCondition SalePrice
"""

# Neighbourhood: share in 1000, typical year, spread of years, level of quality and price
_HOODS = """
NAmes 154 1960 9 -0.3, CollgCr 103 2000 10 0.4, OldTown 77 1922 20 -0.9, Edwards 68 1954 25 -0.8,
Somerst 59 2005 3 0.8, Gilbert 54 1999 6 0.3, NridgHt 53 2006 2 1.8, Sawyer 51 1965 10 -0.5, NWAmes 50 1976 6 0.2,
SawyerW 40 1990 12 0.2, BrkSide 40 1929 12 -0.7, Crawfor 35 1940 20 0.7, Mitchel 34 1982 14 -0.1,
NoRidge 28 1995 3 1.7, Timber 26 1998 15 1.0, IDOTRR 25 1922 13 -1.3, ClearCr 19 1966 17 0.6, StoneBr 17 2000 8 1.8,
SWISU 17 1925 9 -0.6, MeadowV 12 1972 3 -1.4, Blmngtn 12 2005 1 0.6, BrDale 11 1971 1 -1.2, Veenker 8 1978 8 1.0,
NPkVill 6 1976 1 -0.3, Blueste 2 1980 1 -0.4
"""

# Column, how much the quality decides: the levels from best to worst with their shares
_LEVELS = """
MSZoning 0.4: FV 60, RL 1150, RH 16, RM 220, C (all) 10
Street 0.1: Pave 1450, Grvl 6
Alley 0.3: Pave 40, Grvl 50
LotShape 0.3: IR2 40, IR1 480, IR3 10, Reg 920
LandContour 0.1: HLS 50, Low 35, Lvl 1310, Bnk 60
Utilities 0.0: AllPub 1460, NoSeWa 1
LotConfig 0.1: CulDSac 100, FR3 4, Corner 260, Inside 1050, FR2 50
LandSlope 0.0: Sev 13, Mod 60, Gtl 1380
Condition1 0.2: PosA 8, PosN 19, RRNn 5, RRNe 2, RRAn 25, Norm 1260, RRAe 11, Feedr 80, Artery 50
Condition2 0.2: PosA 1, PosN 2, Norm 1440, RRAe 1, RRAn 1, RRNn 2, Feedr 6, Artery 2
RoofStyle 0.2: Hip 290, Shed 2, Flat 13, Gable 1140, Mansard 7, Gambrel 11
RoofMatl 0.2: WdShngl 6, Membran 1, WdShake 5, CompShg 1430, Tar&Grv 11, Metal 1, ClyTile 1, Roll 1
Exterior1st 0.6: ImStucc 1, Stone 2, CemntBd 60, VinylSd 520, BrkFace 50, Plywood 110, HdBoard 220, Stucco 25,
    MetalSd 220, Wd Sdng 210, WdShing 25, AsbShng 20, BrkComm 2, AsphShn 1, CBlock 1
Exterior2nd 0.6: Other 1, ImStucc 10, CmentBd 60, VinylSd 500, BrkFace 25, Stone 5, HdBoard 210, Plywood 140,
    MetalSd 210, Stucco 25, Wd Sdng 200, Wd Shng 40, Brk Cmn 7, AsbShng 20, AsphShn 3, CBlock 1
MasVnrType 0.5: Stone 130, BrkFace 440, BrkCmn 15
ExterQual 0.9: Ex 50, Gd 490, TA 910, Fa 14
ExterCond 0.1: Ex 3, Gd 150, TA 1280, Fa 30, Po 1
Foundation 0.8: PConc 650, Wood 3, CBlock 630, Stone 6, BrkTil 150, Slab 25
BsmtQual 0.8: Ex 120, Gd 620, TA 650, Fa 35
BsmtCond 0.3: Gd 60, TA 1310, Fa 40, Po 2
BsmtExposure 0.4: Gd 130, Av 220, Mn 110, No 950
BsmtFinType1 0.5: GLQ 420, ALQ 220, BLQ 150, Rec 130, LwQ 70, Unf 430
BsmtFinType2 0.0: GLQ 14, ALQ 19, BLQ 35, Rec 50, LwQ 50, Unf 1260
Heating 0.5: GasA 1430, GasW 18, OthW 2, Wall 4, Grav 7, Floor 1
HeatingQC 0.7: Ex 740, Gd 240, TA 430, Fa 50, Po 1
CentralAir 0.6: Y 1360, N 100
Electrical 0.5: SBrkr 1330, FuseA 90, FuseF 25, FuseP 3, Mix 1
KitchenQual 0.85: Ex 100, Gd 590, TA 740, Fa 40
Functional 0.2: Typ 1360, Min1 30, Min2 35, Mod 15, Maj1 14, Maj2 5, Sev 1
FireplaceQu 0.6: Ex 25, Gd 380, TA 310, Fa 35, Po 20
GarageType 0.5: BuiltIn 90, Attchd 870, Basment 19, 2Types 6, Detchd 390, CarPort 9
GarageFinish 0.7: Fin 350, RFn 420, Unf 600
GarageQual 0.2: Ex 3, Gd 14, TA 1310, Fa 50, Po 3
GarageCond 0.2: Ex 2, Gd 9, TA 1330, Fa 35, Po 7
PavedDrive 0.5: Y 1340, P 30, N 90
Fence 0.1: GdPrv 60, MnPrv 160, GdWo 50, MnWw 11
SaleType 0.5: New 120, Con 2, WD 1270, CWD 4, ConLI 5, ConLD 9, COD 40, ConLw 5, Oth 3
SaleCondition 0.4: Partial 120, Normal 1200, Alloca 12, Family 20, Abnorml 100, AdjLand 4
BldgType 0.2: TwnhsE 110, 1Fam 1220, Twnhs 40, 2fmCon 30, Duplex 50
HouseStyle 0.3: 2.5Fin 8, 2Story 440, 1Story 730, SLvl 60, 2.5Unf 11, 1.5Fin 150, SFoyer 35, 1.5Unf 14
OverallQual 0.97: 10 18, 9 40, 8 170, 7 320, 6 370, 5 400, 4 120, 3 20, 2 3, 1 2
OverallCond -0.1: 9 20, 8 70, 7 200, 6 250, 5 820, 4 60, 3 25, 2 5, 1 1
Fireplaces 0.5: 3 5, 2 120, 1 650
GarageCars 0.75: 4 5, 3 180, 2 820, 1 370
YrSold 0.0: 2006 310, 2007 330, 2008 300, 2009 340, 2010 180
MoSold 0.0: 1 60, 2 50, 3 110, 4 140, 5 200, 6 250, 7 230, 8 120, 9 60, 10 90, 11 80, 12 60
"""

ONLY_IN_TRAINING = {
    "Utilities": ["NoSeWa"],
    "Condition2": ["RRAe", "RRAn", "RRNn"],
    "HouseStyle": ["2.5Fin"],
    "RoofMatl": ["Membran", "Metal", "ClyTile", "Roll"],
    "Exterior1st": ["ImStucc", "Stone"],
    "Exterior2nd": ["Other"],
    "Heating": ["OthW", "Floor"],
    "Electrical": ["Mix"],
    "GarageQual": ["Ex"],
}

# Houses without a thing: in the training and in the test set
WITHOUT = {"MasVnrType": (872, 893), "Fireplaces": (690, 730), "GarageCars": (81, 76), "Basement": (37, 42)}


def _number(word: str) -> int | str:
    return int(word) if word.isdigit() else word


def _items(text: str) -> list[list[str]]:
    """The words of each part of a text between commas."""
    return [part.split() for part in text.replace("\n", " ").split(",")]


def _levels(text: str) -> dict[str, tuple[float, dict]]:
    """Column: how much the quality decides, and level -> share."""
    columns = {}
    for line in text.strip().replace("\n    ", " ").splitlines():
        name, weight, *_ = line.replace(":", "").split(maxsplit=2)
        levels = (part.strip().rpartition(" ") for part in line.partition(": ")[2].split(","))
        columns[name] = float(weight), {_number(level): int(share) for level, _, share in levels}
    return columns


COLUMNS = _COLUMNS.split()
HOODS = {
    name: (int(share), int(year), int(spread), float(level)) for name, share, year, spread, level in _items(_HOODS)
}
LEVELS = _levels(_LEVELS)
